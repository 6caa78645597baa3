package org.usagestats.sink.kit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Value;

/**
 * The groups of one span of time, or of all of it: those with a row of their own, those that are others, and those that are
 * hidden because too few users are in them.
 */
final class Slice {

    /** A group with a row of its own: the values of the dimensions that are no times. */
    record Cell(List<Value> subject, Group group) {}

    private final List<Cell> cells = new ArrayList<>();
    private final Set<List<Value>> hidden = new HashSet<>();
    private @Nullable Group others;
    private int otherGroups;

    void addOwn(List<Value> subject, Group group) {
        cells.add(new Cell(subject, group));
    }

    void addOther(Group group) {
        if (others == null) {
            others = group.empty();
        }
        others.addAll(group);
        otherGroups++;
    }

    /**
     * Hides what too few users are in, and as much more as it takes for what is hidden to hold that many users and two
     * groups, so that a total less the rows shown says nothing about few.
     */
    void hideBelow(int floor, ToLongFunction<Group> users) {
        boolean fewOthers = others != null && users.applyAsLong(others) < floor;
        List<Cell> few = cells.stream()
                .filter(cell -> users.applyAsLong(cell.group()) < floor)
                .toList();
        if (few.isEmpty() && !fewOthers) {
            return;
        }
        few.forEach(this::hide);
        Comparator<Cell> smallest = Comparator.<Cell>comparingLong(cell -> users.applyAsLong(cell.group()))
                .thenComparingLong(cell -> cell.group().reports());
        while (!cells.isEmpty() && (otherGroups < 2 || others == null || users.applyAsLong(others) < floor)) {
            hide(cells.stream().min(smallest).orElseThrow());
        }
        if (others != null && users.applyAsLong(others) < floor) {
            others = null;
        }
    }

    private void hide(Cell cell) {
        cells.remove(cell);
        hidden.add(cell.subject());
        addOther(cell.group());
    }

    List<Cell> cells() {
        return cells;
    }

    /** All others together, the hidden ones among them; empty if there are none, or too few users in them. */
    Optional<Group> others() {
        return Optional.ofNullable(others);
    }

    Set<List<Value>> hidden() {
        return hidden;
    }
}
