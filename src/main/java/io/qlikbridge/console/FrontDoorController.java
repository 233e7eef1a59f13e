package io.qlikbridge.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Leads to the first page, and shows a page where there is none. */
@ConsoleController
class FrontDoorController {

    static final String OVERVIEW = "redirect:/console/overview";

    @GetMapping({"/console", "/console/"})
    String console() {
        return OVERVIEW;
    }

    /** Style sheet and scripts are served elsewhere. */
    @GetMapping("/console/{page:^(?!assets$).+}/**")
    String unknown(HttpServletRequest request) throws NoResourceFoundException {
        throw new NoResourceFoundException(HttpMethod.GET, request.getRequestURI(), request.getRequestURI());
    }
}
