package io.qlikbridge.sensesettings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionSettings;
import io.qlikbridge.connection.ConnectionType;

/** What only a connection to a client-managed Qlik Sense site has; of another shape for each way to sign in. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "signIn")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CertificateSettings.class, name = "certificates"),
    @JsonSubTypes.Type(value = JwtSettings.class, name = "jwt")
})
public sealed interface SenseSettings extends ConnectionSettings permits CertificateSettings, JwtSettings {

    ConnectionType TYPE = new ConnectionType("qlik-sense");

    /** Those of a connection to a client-managed site. */
    static SenseSettings of(Connection connection) {
        return (SenseSettings) connection.settings();
    }

    /** The user directory of subjects that name none. */
    String userDirectory();

    /** Whether a server certificate has to hold the name of the host; where it does not, it has to lead to the uploaded root. */
    boolean hostNameCheck();

    @Override
    default String subject(String asked, String written) {
        return SenseUser.of(asked, written, userDirectory()).toString();
    }
}
