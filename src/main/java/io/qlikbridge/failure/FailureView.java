package io.qlikbridge.failure;

import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows failures outside of controllers, such as those of filters, to callers who cannot read a problem. */
public interface FailureView {

    /** Whether whoever sent this request is shown its failures so. */
    boolean isFor(HttpServletRequest request);

    /** Writes an answer that nothing was said of but its headers for browsers, which may be replaced. */
    void show(HttpServletRequest request, HttpServletResponse response, BridgeException failure)
            throws IOException, ServletException;
}
