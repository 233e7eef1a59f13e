package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.Request;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every request that reached the tenant, in order of arrival. */
final class Calls {

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    void record(Request request) {
        calls.add(Call.of(request));
    }

    List<Call> under(String pathPrefix) {
        return calls.stream().filter(call -> call.path().startsWith(pathPrefix)).toList();
    }
}
