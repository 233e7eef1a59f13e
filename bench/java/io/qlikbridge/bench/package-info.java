/** Measures the packaged bridge as an operator would run it, beside nginx and the tenant itself on the same machine. */
package io.qlikbridge.bench;
