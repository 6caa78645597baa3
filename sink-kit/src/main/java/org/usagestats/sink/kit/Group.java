package org.usagestats.sink.kit;

import org.jspecify.annotations.Nullable;

/** What is known of the reports of one group. Not for use by several threads. */
public final class Group {

    private final @Nullable DistinctValues[] distinct;
    private final Numbers[] numbers;
    private long reports;

    Group(Measures measures) {
        this(measures.distinct().size(), measures.numbers().size());
    }

    private Group(int distinct, int numbers) {
        this.distinct = new DistinctValues[distinct];
        this.numbers = new Numbers[numbers];
        for (int i = 0; i < numbers; i++) {
            this.numbers[i] = new Numbers();
        }
    }

    /**
     * Counts reports.
     *
     * @param more how many
     */
    public void count(long more) {
        reports += more;
    }

    /**
     * Adds different values.
     *
     * @param measure which of {@link Measures#distinct}
     * @param values the values; all of one group and question are of the same kind
     */
    public void addDistinct(int measure, DistinctValues values) {
        DistinctValues before = distinct[measure];
        distinct[measure] = before == null ? values : before.union(values);
    }

    /**
     * The numbers of the group.
     *
     * @param measure which of {@link Measures#numbers}
     * @return the numbers, to add to
     */
    public Numbers numbers(int measure) {
        return numbers[measure];
    }

    /** The values of a measure, to add to. */
    ValueSet valueSet(int measure) {
        DistinctValues values = distinct[measure];
        if (values == null) {
            values = new ValueSet();
            distinct[measure] = values;
        }
        return (ValueSet) values;
    }

    /** Adds all that another group has, which stays as it is. */
    void addAll(Group other) {
        reports += other.reports;
        for (int i = 0; i < distinct.length; i++) {
            DistinctValues values = other.distinct[i];
            if (values != null) {
                addDistinct(i, values.copy());
            }
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i].addAll(other.numbers[i]);
        }
    }

    long reports() {
        return reports;
    }

    long distinct(int measure) {
        DistinctValues values = distinct[measure];
        return values == null ? 0 : values.size();
    }

    /** A group without reports that the same is known of. */
    Group empty() {
        return new Group(distinct.length, numbers.length);
    }
}
