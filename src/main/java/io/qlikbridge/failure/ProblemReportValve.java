package io.qlikbridge.failure;

import io.qlikbridge.observation.RequestMeterValve;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.trace.RequestId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Tomcat's own failures as problems: no page, no server name, no stack trace. */
public class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    private final JsonMapper json;

    public ProblemReportValve(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            write(request, response, status);
        } catch (IOException | RuntimeException gone) {
            ExceptionUtils.handleThrowable(gone);
            log.debug("A failure could not be reported to its caller", gone);
        }
    }

    private void write(Request request, Response response, int status) throws IOException {
        if (!(request.getAttribute(RequestId.KEY) instanceof String)) {
            request.setAttribute(RequestId.KEY, RequestId.choose(request.getHeader(RequestId.HEADER)));
        }
        BridgeException problem = RequestFailures.ofUnread(status, request);
        RequestMeterValve.note(request, problem.code());
        Problem answer = ProblemAnswers.problem(request, problem);
        byte[] body = json.writeValueAsBytes(answer);
        response.setStatus(answer.status());
        BrowserHeaders.put(request, response);
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        if (answer.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        OutputStream out = response.getOutputStream();
        out.write(body);
        response.finishResponse();
    }
}
