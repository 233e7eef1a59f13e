package io.qlikbridge;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Has the pool give up a connection to a server that takes no changes ({@code 25006}): after a failover it leads to the former
 * primary, and another connection leads to the new one. Broken connections the pool gives up by itself. Named in {@code
 * application.yaml}, and public for the pool, which makes one.
 */
public class GivenUpConnections implements SQLExceptionOverride {

    static final String READ_ONLY = "25006";

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return READ_ONLY.equals(failure.getSQLState())
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
