package io.qlikbridge.simulator;

import java.util.Map;

/** Header and claims of a JWT that the tenant accepted, all members included, even those it ignores. */
public record Assertion(Map<String, Object> header, Map<String, Object> claims) {}
