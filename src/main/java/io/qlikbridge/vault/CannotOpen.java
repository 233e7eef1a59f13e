package io.qlikbridge.vault;

/** A sealed secret that stays shut. Names the place, never the content. */
public class CannotOpen extends RuntimeException {

    CannotOpen(String place, String reason) {
        super("The secret at " + place + " cannot be opened: " + reason);
    }
}
