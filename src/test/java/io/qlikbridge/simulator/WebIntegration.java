package io.qlikbridge.simulator;

import java.time.Instant;
import java.util.Set;

/** A list of the origins that browsers may call from. */
record WebIntegration(String id, String name, Set<String> validOrigins, Instant created) {}
