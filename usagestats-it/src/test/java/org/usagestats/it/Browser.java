package org.usagestats.it;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.usagestats.testkit.Await;

/** A headless Chromium with one page, driven by its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /** Puts what the page's policy forbids where a test can see it. */
    private static final String WATCH = "window.violations = []; document.addEventListener('securitypolicyviolation',"
            + " event => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));";

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<?, ?>>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Process process;
    private final WebSocket socket;

    private Browser(Process process, URI page) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Messages())
                .join();
    }

    /** The browser of this machine, if it has one. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with a profile of its own in a folder. */
    static Browser start(Path folder) throws Exception {
        Path profile = folder.resolve("profile");
        Process process = new ProcessBuilder(
                        installed().orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("browser.log").toFile())
                .start();
        try {
            Browser browser = new Browser(process, page(profile));
            for (String domain : List.of("Page", "Runtime", "Log")) {
                browser.send(domain + ".enable", "{}");
            }
            browser.send("Page.addScriptToEvaluateOnNewDocument", "{\"source\":" + Json.quoted(WATCH) + "}");
            return browser;
        } catch (Exception | Error failed) {
            end(process);
            throw failed;
        }
    }

    private static URI page(Path profile) throws Exception {
        Path file = profile.resolve("DevToolsActivePort");
        Await.until(
                "the browser's port",
                PATIENCE,
                () -> Files.exists(file) && Files.readAllLines(file).size() > 1);
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(file).get(0) + "/json/list");
        String pages = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
                .body();
        for (Object page : (List<?>) Json.read(pages)) {
            if ("page".equals(((Map<?, ?>) page).get("type"))) {
                return URI.create(((Map<?, ?>) page).get("webSocketDebuggerUrl").toString());
            }
        }
        throw new IllegalStateException("the browser has no page: " + pages);
    }

    /** Sets the size of the window, and whether a person's eyes want it dark. */
    void setWindow(int width, int height, String scheme) {
        send(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":false}");
        send(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme
                        + "\"},{\"name\":\"prefers-reduced-motion\",\"value\":\"reduce\"}]}");
    }

    void setScript(String disabled) {
        send("Emulation.setScriptExecutionDisabled", "{\"value\":" + disabled + "}");
    }

    /** Goes to an address, where a script runs before the page's own. */
    void openWith(String script, URI address) throws Exception {
        Object id = send("Page.addScriptToEvaluateOnNewDocument", "{\"source\":" + Json.quoted(script) + "}")
                .get("identifier");
        send("Page.navigate", "{\"url\":" + Json.quoted(address.toString()) + "}");
        awaitTrue("document.readyState === 'complete'");
        send("Page.removeScriptToEvaluateOnNewDocument", "{\"identifier\":\"" + id + "\"}");
    }

    /** Goes to an address and waits until the page there has what it shows. */
    void open(URI address) throws Exception {
        send("Page.navigate", "{\"url\":" + Json.quoted(address.toString()) + "}");
        awaitShown();
    }

    /** Waits until nothing on the page waits. */
    void awaitShown() throws Exception {
        awaitTrue("document.readyState === 'complete' && document.querySelector('.card, .welcome') !== null"
                + " && document.querySelector('[aria-busy], .waiting') === null");
    }

    void awaitTrue(String expression) throws Exception {
        Await.until(expression, PATIENCE, () -> Boolean.TRUE.equals(evaluate(expression)));
    }

    /** The value of an expression: a string, a number, a boolean, a list or a map; a promise's when it is kept. */
    Object evaluate(String expression) {
        Map<?, ?> answer = send(
                "Runtime.evaluate",
                "{\"expression\":" + Json.quoted(expression) + ",\"awaitPromise\":true,\"returnByValue\":true}");
        if (answer.containsKey("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return ((Map<?, ?>) answer.get("result")).get("value");
    }

    String text(String selector) {
        return String.valueOf(evaluate("document.querySelector(" + Json.quoted(selector) + ")?.textContent"));
    }

    /** Clicks with the mouse into the middle of an element. */
    void click(String selector) {
        List<?> middle = (List<?>) evaluate("(() => { const e = document.querySelector(" + Json.quoted(selector)
                + "); e.scrollIntoView({ block: 'center' }); const r = e.getBoundingClientRect();"
                + " return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)]; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            send(
                    "Input.dispatchMouseEvent",
                    "{\"type\":\"" + type + "\",\"x\":" + middle.get(0) + ",\"y\":" + middle.get(1)
                            + ",\"button\":\"left\",\"clickCount\":1}");
        }
    }

    /** Presses a key on what has the focus. */
    void press(String key) {
        String code = switch (key) {
            case "Enter" -> ",\"windowsVirtualKeyCode\":13,\"text\":\"\\r\"";
            case "Tab" -> ",\"windowsVirtualKeyCode\":9";
            case "ArrowLeft" -> ",\"windowsVirtualKeyCode\":37";
            case "Home" -> ",\"windowsVirtualKeyCode\":36";
            default -> throw new IllegalArgumentException(key);
        };
        send(
                "Input.dispatchKeyEvent",
                "{\"type\":\"keyDown\",\"key\":\"" + key + "\",\"code\":\"" + key + "\"" + code + "}");
        send(
                "Input.dispatchKeyEvent",
                "{\"type\":\"keyUp\",\"key\":\"" + key + "\",\"code\":\"" + key + "\"" + code + "}");
    }

    /** What the browser's console complained about since it started: errors, exceptions, and breaches of the policy. */
    List<String> complaints() {
        Stream<String> violations =
                ((List<?>) evaluate("window.violations ?? []")).stream().map(Object::toString);
        return Stream.concat(complaints.stream(), violations).toList();
    }

    private Map<?, ?> send(String method, String parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void receive(Map<?, ?> message) {
        if (message.get("id") instanceof Number id) {
            CompletableFuture<Map<?, ?>> answer = waiting.remove(id.intValue());
            if (message.get("result") instanceof Map<?, ?> result) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(new IllegalStateException(message.toString()));
            }
        } else {
            hear(message.get("method").toString(), (Map<?, ?>) message.get("params"));
        }
    }

    private void hear(String event, Map<?, ?> parameters) {
        Object level = event.equals("Log.entryAdded")
                ? ((Map<?, ?>) parameters.get("entry")).get("level")
                : parameters.get("type");
        boolean said = List.of("Log.entryAdded", "Runtime.consoleAPICalled").contains(event)
                && List.of("error", "assert").contains(String.valueOf(level));
        if (said || event.equals("Runtime.exceptionThrown")) {
            complaints.add(parameters.toString());
        }
    }

    @Override
    public void close() {
        socket.abort();
        end(process);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                receive((Map<?, ?>) Json.read(message.toString()));
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
