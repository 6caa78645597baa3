package org.usagestats.benchmarks.programs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Posts some text by {@code java.net.http}, and ends without the 300 ms that its open client would take. */
final class HttpPost {

    private HttpPost() {}

    /**
     * Runs the program.
     *
     * @param args the URL of a server
     * @throws IOException if the server does not answer
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(args[0]))
                .POST(BodyPublishers.ofString("date:1.000\nversion:0.1\nprogram:cool-program\nmode:compatibility\n"))
                .build();
        client.send(request, BodyHandlers.ofByteArray());
        System.out.println(System.nanoTime() - start);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
