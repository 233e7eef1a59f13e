package io.qlikbridge.console;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import org.springframework.web.bind.annotation.GetMapping;

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
    String unknown() {
        throw new BridgeException(
                ProblemCode.NOT_FOUND, "There is no page at this address. Choose one of those above.");
    }
}
