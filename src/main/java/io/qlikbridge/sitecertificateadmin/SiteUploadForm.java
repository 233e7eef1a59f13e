package io.qlikbridge.sitecertificateadmin;

import io.qlikbridge.keyfile.KeyUpload;
import io.qlikbridge.problem.Violation;
import io.qlikbridge.problem.Violations;
import io.qlikbridge.sitefile.SiteUpload;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Takes the files of a site from a form, and says which of them are missing or too many. */
final class SiteUploadForm {

    private static final List<String> FIELDS = List.of("pfx", "client", "clientKey", "root", "passphrase");

    private SiteUploadForm() {}

    /**
     * @param needsClient whether the root alone is not enough
     * @param beside fields that the form may have beside the files, and that are not looked at
     */
    static SiteUpload read(HttpServletRequest request, boolean needsClient, Set<String> beside)
            throws IOException, ServletException {
        KeyUpload.refusePassphraseInAddress(request);
        refuseOtherFields(request, beside);
        SiteUpload upload = new SiteUpload(
                file(request, "pfx"),
                file(request, "client"),
                file(request, "clientKey"),
                file(request, "root"),
                KeyUpload.passphrase(request));
        try {
            check(upload, needsClient);
        } catch (RuntimeException refused) {
            upload.wipe();
            throw refused;
        }
        return upload;
    }

    /** What a browser sends of a field for files where none was chosen counts as nothing. */
    private static byte @Nullable [] file(HttpServletRequest request, String name)
            throws IOException, ServletException {
        Part part = request.getPart(name);
        boolean chosen = part != null && (part.getSize() > 0 || StringUtils.hasLength(part.getSubmittedFileName()));
        return chosen ? KeyUpload.field(request, name) : null;
    }

    private static void check(SiteUpload upload, boolean needsClient) {
        Violations violations = new Violations();
        violations.require(
                upload.root() != null,
                "#/root",
                "is required: the certificate of the site's own authority, root.cer or root.pem");
        violations.require(
                upload.hasClient() || !needsClient,
                "#/pfx",
                "is required, or client and clientKey instead: the connection signs in by certificates, for which the root"
                        + " alone is not enough");
        if (upload.pfx() != null) {
            refuseBesidePfx(violations, "client", upload.client());
            refuseBesidePfx(violations, "clientKey", upload.clientKey());
        }
        violations.throwIfAny();
    }

    private static void refuseBesidePfx(Violations violations, String field, byte @Nullable [] file) {
        violations.require(file == null, "#/" + field, "does not go with pfx, which holds certificate and key");
    }

    /** A field that is mistyped, or there twice, would be passed over in silence. */
    private static void refuseOtherFields(HttpServletRequest request, Set<String> beside)
            throws IOException, ServletException {
        Violations violations = new Violations();
        Set<String> seen = new HashSet<>();
        for (Part part : request.getParts()) {
            String name = part.getName();
            if (beside.contains(name)) {
                continue;
            }
            String pointer = Violation.pointer(name);
            if (violations.require(
                    FIELDS.contains(name), pointer, "is not known here. Known are: " + String.join(", ", FIELDS))) {
                violations.require(seen.add(name), pointer, "is there twice");
            }
        }
        violations.throwIfAny();
    }
}
