/** The event loop that callers reach: serves what is in memory by itself, and hands everything else on to Tomcat. */
@ApplicationModule(
        allowedDependencies = {
            "failure",
            "forwarded",
            "eventloop",
            "tenantline",
            "directread",
            "http1",
            "web",
            "wire",
            "observation",
            "trace",
            "upstream",
            "transport",
            "connection"
        })
@NullMarked
package io.qlikbridge.front;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
