package org.usagestats.benchmarks.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;

/** The text format, beside a {@code StringBuilder} that checks nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class Encoding {

    private final List<Note> notes = SampleReport.notes();

    /**
     * Encodes a report as the client does.
     *
     * @return its bytes
     */
    @Benchmark
    public byte[] textFormat() {
        return TextFormat.encode(notes);
    }

    /**
     * Encodes a report without a look at it.
     *
     * @return its bytes
     */
    @Benchmark
    public byte[] bare() {
        return SampleReport.bareBytes(notes);
    }
}
