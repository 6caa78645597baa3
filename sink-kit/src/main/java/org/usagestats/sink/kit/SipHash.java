package org.usagestats.sink.kit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a 64-bit hash under a secret key, so that nobody without the key can craft
 * two inputs with the same hash. Immutable.
 */
final class SipHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long key0;
    private final long key1;

    SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    static SipHash withRandomKey() {
        SecureRandom random = new SecureRandom();
        return new SipHash(random.nextLong(), random.nextLong());
    }

    /** Hashes the bytes from one index up to, but without, another. */
    long hash(byte[] data, int from, int to) {
        State state = new State(key0, key1);
        int next = from;
        for (; to - next >= Long.BYTES; next += Long.BYTES) {
            state.absorb((long) LONGS.get(data, next));
        }
        long last = (long) (to - from) << 56;
        for (int shift = 0; next < to; next++, shift += Byte.SIZE) {
            last |= (data[next] & 0xFFL) << shift;
        }
        state.absorb(last);
        return state.finish();
    }

    /** Hashes 16 bytes that are at hand as two numbers. */
    long hash(long first, long second) {
        State state = new State(key0, key1);
        state.absorb(first);
        state.absorb(second);
        state.absorb(16L << 56);
        return state.finish();
    }

    private static final class State {

        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void absorb(long word) {
            v3 ^= word;
            mix();
            mix();
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xFF;
            mix();
            mix();
            mix();
            mix();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void mix() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
