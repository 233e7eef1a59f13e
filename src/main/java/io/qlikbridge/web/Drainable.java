package io.qlikbridge.web;

/** A web server that has more to do at the beginning of a stop than Tomcat alone. */
public interface Drainable {

    /** Has every request from now on answered by the application, which closes connections with its answers. */
    void drain();
}
