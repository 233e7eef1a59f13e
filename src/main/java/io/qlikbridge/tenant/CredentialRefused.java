package io.qlikbridge.tenant;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;

/** The tenant did not accept the credential that was shown to it; with what it answered to that, as a whole. */
public class CredentialRefused extends TenantException {

    private final transient RelayedAnswer answer;

    public CredentialRefused(String detail, UpstreamAnswer upstream, RelayedAnswer answer) {
        super(ProblemCode.TENANT_REFUSED, Refusal.CREDENTIAL, detail, null, upstream, null, false, null);
        this.answer = answer;
    }

    public RelayedAnswer answer() {
        return answer;
    }
}
