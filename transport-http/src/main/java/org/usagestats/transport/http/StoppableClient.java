package org.usagestats.transport.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * An HTTP client whose threads can be ended.
 *
 * <p>A client that is merely dropped leaves a thread waiting for the network, which delays the JVM's exit by 0.3 s. Only
 * from Java 21 on it has a method to stop it; before, its threads are ended through the thread group they are born in.
 */
final class StoppableClient {

    private final ThreadGroup threads = new ThreadGroup("usagestats-http");
    private final HttpClient client;

    StoppableClient(HttpClient.Builder builder) throws IOException {
        endWithItsThreads(threads);
        FutureTask<HttpClient> build = new FutureTask<>(builder::build);
        Thread birthplace = new Thread(threads, build, "usagestats-http-open");
        birthplace.setDaemon(true);
        birthplace.start();
        try {
            client = build.get();
        } catch (ExecutionException failure) {
            throw new IOException("this JVM cannot open an HTTP client: " + failure.getCause(), failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while opening an HTTP client");
        }
    }

    /** Before Java 19 a group stays with its parent for good unless told so, by a method that a later Java is to be without. */
    private static void endWithItsThreads(ThreadGroup group) {
        try {
            ThreadGroup.class.getMethod("setDaemon", boolean.class).invoke(group, true);
        } catch (ReflectiveOperationException later) {
            return;
        }
    }

    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        return client.sendAsync(request, head -> new CappedBody());
    }

    /** Ends the client and its threads, without waiting for them. */
    void stop() {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (ReflectiveOperationException before21) {
            threads.interrupt();
        }
    }
}
