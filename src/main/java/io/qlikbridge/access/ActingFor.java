package io.qlikbridge.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the {@link io.qlikbridge.subject.LocalUser} parameter of a controller that acts for a user: the one the query
 * parameter {@code user} names, or the signed-in person. Follows the rules of {@link ActingUsers}.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface ActingFor {}
