package org.usagestats.demo;

import java.util.List;
import java.util.Random;

/** The users on one day, of whom the eager ones are met more often. */
final class Crowd {

    private final List<User> users;
    private final double[] sums;

    Crowd(List<User> users, int day, Year year) {
        this.users = users;
        this.sums = new double[users.size()];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += users.get(i).eagerness(day, year);
            sums[i] = sum;
        }
    }

    /** How many runs may be expected of all of them together. */
    double eagerness() {
        return sums[sums.length - 1];
    }

    User someone(Random random) {
        double wanted = random.nextDouble() * eagerness();
        int low = 0;
        int high = sums.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] > wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return users.get(low);
    }
}
