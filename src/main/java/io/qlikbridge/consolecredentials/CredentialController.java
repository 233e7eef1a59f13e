package io.qlikbridge.consolecredentials;

import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.leaseadmin.LeaseRevocations;
import io.qlikbridge.leaseadmin.LeaseView;
import io.qlikbridge.leaseadmin.ListedLeases;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** One credential, and its end. */
@ConsoleController
@RequestMapping(CredentialsSection.PATH + "/{id}")
class CredentialController {

    private final ListedLeases leases;
    private final LeaseRevocations revocations;
    private final CredentialRows rows;

    CredentialController(ListedLeases leases, LeaseRevocations revocations, CredentialRows rows) {
        this.leases = leases;
        this.revocations = revocations;
        this.rows = rows;
    }

    @GetMapping
    String show(@PathVariable String id, Model model) {
        return show(id, false, model);
    }

    @GetMapping("/revoke")
    String ask(@PathVariable String id, Model model) {
        return show(id, true, model);
    }

    @PostMapping("/revoke")
    String revoke(@PathVariable String id) {
        LeaseView now = revocations.revoke(id);
        return "redirect:" + CredentialsSection.PATH + "/" + now.id() + "?done=credentials-"
                + now.state().slug();
    }

    private String show(String id, boolean asking, Model model) {
        CredentialRow row = rows.of(leases.of(id));
        model.addAttribute("row", row);
        model.addAttribute("asking", asking && !row.lease().isOver());
        return "console/consolecredentials-one";
    }
}
