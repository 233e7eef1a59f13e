package io.qlikbridge.console;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.client.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Makes the frame of the page that a request asks for. */
@Component
@ConditionalOnConsole
class Frames {

    private static final Pattern DONE = Pattern.compile("[a-z0-9-]{1,60}");

    private final List<Section> sections;
    private final Callers callers;
    private final MessageSource messages;
    private final String assets;

    Frames(
            ObjectProvider<Section> sections,
            Callers callers,
            MessageSource messages,
            ObjectProvider<BuildProperties> build) {
        this.sections = sections.stream()
                .sorted(Comparator.comparingInt(Section::order))
                .toList();
        this.callers = callers;
        this.messages = messages;
        this.assets = Optional.ofNullable(build.getIfAvailable())
                .map(BuildProperties::getTime)
                .map(time -> Long.toString(time.getEpochSecond(), Character.MAX_RADIX))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    Frame of(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Caller caller = callers.present()
                .filter(present -> present.scopes().contains(Scope.ADMIN))
                .orElse(null);
        return new Frame(
                caller == null ? List.of() : sections,
                sections.stream()
                        .filter(section -> section.has(path))
                        .map(Section::key)
                        .findFirst()
                        .orElse(null),
                caller == null ? null : caller.name(),
                done(request.getParameter("done")),
                assets);
    }

    /** Only what has a message: the address must not put words into our mouth. */
    private @Nullable String done(@Nullable String key) {
        return key == null || !DONE.matcher(key).matches()
                ? null
                : messages.getMessage("done." + key, null, null, Locale.ENGLISH);
    }
}
