package io.qlikbridge.leaseadmin;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Ends leases at an admin's wish. */
@RestController
class RevocationController {

    private final LeaseRevocations revocations;

    RevocationController(LeaseRevocations revocations) {
        this.revocations = revocations;
    }

    /** 204 once the tenant has agreed, or there is nothing left to end; 202 while it has not. */
    @DeleteMapping("/api/v1/leases/{id}")
    ResponseEntity<LeaseView> revoke(@PathVariable String id) {
        LeaseView now = revocations.revoke(id);
        return now.isOver()
                ? ResponseEntity.noContent().build()
                : ResponseEntity.status(HttpStatus.ACCEPTED).body(now);
    }

    @PostMapping("/api/v1/leases/revoke")
    LeaseRevocations.Revoked revokeAll(@RequestBody RevocationWish wish) {
        return revocations.revokeAll(wish);
    }
}
