package org.usagestats.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/** What is taken as gzip, the JDK reads as the same; the JDK also takes what follows a member, which is refused. */
class GzipMemberFuzzTest {

    private static final int STEP = 1000;

    @FuzzTest
    void members(byte[] bytes) throws IOException {
        Optional<byte[]> inflated = inflated(bytes);
        if (inflated.isPresent()) {
            try (GZIPInputStream jdk = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                assertThat(inflated.get()).isEqualTo(jdk.readAllBytes());
            }
        }
    }

    /** Gives what it takes the header and the checksums that it should have. */
    @FuzzTest
    void streams(byte[] deflated) {
        Inflater jdk = new Inflater(true);
        try {
            jdk.setInput(deflated);
            byte[] inflated = new byte[1 << 16];
            int length = jdk.inflate(inflated);
            if (jdk.finished()) {
                byte[] expected = java.util.Arrays.copyOf(inflated, length);
                byte[] member = member(deflated, (int) jdk.getBytesRead(), expected);
                assertThat(inflated(member)).hasValue(expected);
                member[member.length - 1 - length % 8] ^= 1;
                assertThat(inflated(member)).isEmpty();
            }
        } catch (DataFormatException damaged) {
            assertThat(inflated(member(deflated, deflated.length, new byte[0]))).isEmpty();
        } finally {
            jdk.end();
        }
    }

    private static byte[] member(byte[] deflated, int length, byte[] inflated) {
        CRC32 crc = new CRC32();
        crc.update(inflated);
        ByteBuffer member = ByteBuffer.allocate(10 + length + 8).order(ByteOrder.LITTLE_ENDIAN);
        member.put(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0}).put(deflated, 0, length);
        return member.putInt((int) crc.getValue()).putInt(inflated.length).array();
    }

    private static Optional<byte[]> inflated(byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[STEP];
        try (GzipMember member = GzipMember.of(bytes)) {
            for (int read = 0; read >= 0; read = member.read(some, 0, STEP)) {
                all.write(some, 0, read);
            }
            return Optional.of(all.toByteArray());
        } catch (Refusal refused) {
            assertThat(refused.status()).isEqualTo(400);
            return Optional.empty();
        }
    }
}
