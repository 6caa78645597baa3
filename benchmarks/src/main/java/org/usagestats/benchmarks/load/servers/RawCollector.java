package org.usagestats.benchmarks.load.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The limit: a collector of one thread and no comfort. It reads what has arrived on all connections, writes it as lines of
 * JSON by one call, syncs once, and answers. It knows no identity, no access and no mistakes, and expects the load's requests.
 */
public final class RawCollector {

    private static final int BATCH_BYTES = 8 << 20;

    private final ByteBuffer lines = ByteBuffer.allocateDirect(BATCH_BYTES);
    private final List<RawConnection> unanswered = new ArrayList<>();
    private final FileChannel file;

    private RawCollector(FileChannel file) {
        this.file = file;
    }

    /**
     * Runs it.
     *
     * @param args the port, and the file to write to
     * @throws IOException if either fails
     */
    public static void main(String[] args) throws IOException {
        FileChannel file = FileChannel.open(Path.of(args[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 512);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            new RawCollector(file).serve(selector);
        }
    }

    private void serve(Selector selector) throws IOException {
        while (true) {
            selector.select(this::take);
            if (!unanswered.isEmpty()) {
                lines.flip();
                while (lines.hasRemaining()) {
                    file.write(lines);
                }
                lines.clear();
                file.force(false);
                for (RawConnection connection : unanswered) {
                    connection.answer();
                }
                unanswered.clear();
            }
        }
    }

    private void take(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept(key);
            } else if (key.attachment() instanceof RawConnection connection && connection.read(lines)) {
                unanswered.add(connection);
            }
        } catch (IOException gone) {
            key.cancel();
        }
    }

    private static void accept(SelectionKey key) throws IOException {
        if (key.channel() instanceof ServerSocketChannel server) {
            SocketChannel client = server.accept();
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.register(key.selector(), SelectionKey.OP_READ, new RawConnection(client));
        }
    }
}
