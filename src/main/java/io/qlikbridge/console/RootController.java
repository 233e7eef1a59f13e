package io.qlikbridge.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Leads to the console whoever comes to the root with a browser. To all others nothing is there, as ever. */
@Controller
@ConditionalOnConsole
class RootController {

    @RequestMapping("/")
    String root(HttpServletRequest request) throws NoResourceFoundException {
        if (!isReading(request) || !ConsolePages.areWanted(request)) {
            throw new NoResourceFoundException(HttpMethod.valueOf(request.getMethod()), "/", "/");
        }
        return FrontDoorController.OVERVIEW;
    }

    private static boolean isReading(HttpServletRequest request) {
        return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
    }
}
