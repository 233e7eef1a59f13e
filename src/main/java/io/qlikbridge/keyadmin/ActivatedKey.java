package io.qlikbridge.keyadmin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.qlikbridge.connection.SigningKeyView;
import java.util.List;

/**
 * A key that was activated.
 *
 * @param warnings what speaks against it; empty normally
 */
public record ActivatedKey(@JsonUnwrapped SigningKeyView key, List<String> warnings) {}
