package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class HashTableProperties {

    @Property(tries = 200)
    void keepsWhatAMapKeepsHoweverTheHashesCrowd(
            @ForAll @Size(max = 1000) List<@LongRange(min = -300, max = 300) Long> hashes) {
        HashTable table = new HashTable();
        Map<Long, Long> model = new HashMap<>();
        long value = 0;
        for (long hash : hashes) {
            // The first bits choose the place: all of them want the first or the last.
            table.putIfAbsent(hash, ++value);
            model.putIfAbsent(hash == 0 ? 1 : hash, value);
        }

        for (long hash = -301; hash <= 301; hash++) {
            Long expected = model.get(hash == 0 ? 1 : hash);
            assertThat(table.find(hash)).isEqualTo(expected == null ? OptionalLong.empty() : OptionalLong.of(expected));
        }
    }

    @Property(tries = 200)
    void takesManyAtOnceAsOneByOne(
            @ForAll @Size(max = 500) List<Long> hashes, @ForAll boolean inOrder, @ForAll boolean expected) {
        List<Long> arriving = new ArrayList<>(hashes);
        arriving.addAll(hashes);
        if (inOrder) {
            arriving.sort(Long::compareUnsigned);
        }
        LongBuffer pairs = LongBuffer.allocate(2 * arriving.size());
        HashTable oneByOne = new HashTable();
        for (int i = 0; i < arriving.size(); i++) {
            oneByOne.putIfAbsent(arriving.get(i), i);
            pairs.put(arriving.get(i)).put(i);
        }

        HashTable atOnce = new HashTable();
        atOnce.expect(expected ? arriving.size() : 0);
        atOnce.putAllIfAbsent(pairs.flip());

        for (long hash : hashes) {
            assertThat(atOnce.find(hash)).isPresent().isEqualTo(oneByOne.find(hash));
            assertThat(atOnce.find(~hash)).isEqualTo(oneByOne.find(~hash));
        }
    }

    @Property(tries = 20)
    void findsEverythingAfterGrowingOften(@ForAll @LongRange(min = 1) long seed) {
        HashTable table = new HashTable();
        table.expect(Math.floorMod(seed, 30_000));
        for (long i = 1; i <= 20_000; i++) {
            table.putIfAbsent(i * 0x9E3779B97F4A7C15L ^ seed, i);
        }

        for (long i = 1; i <= 20_000; i++) {
            assertThat(table.find(i * 0x9E3779B97F4A7C15L ^ seed)).hasValue(i);
        }
        assertThat(table.find(20_001 * 0x9E3779B97F4A7C15L ^ seed)).isEmpty();
    }
}
