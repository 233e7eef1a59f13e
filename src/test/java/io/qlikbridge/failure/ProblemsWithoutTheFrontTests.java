package io.qlikbridge.failure;

import org.springframework.test.context.TestPropertySource;

/** The same where callers reach Tomcat itself. */
@TestPropertySource(properties = "bridge.front.enabled=false")
class ProblemsWithoutTheFrontTests extends ProblemTests {}
