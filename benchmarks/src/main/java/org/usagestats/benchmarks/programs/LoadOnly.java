package org.usagestats.benchmarks.programs;

/** Loads classes by their names, and does nothing with them: what the JVM takes for a library before that does anything. */
final class LoadOnly {

    private LoadOnly() {}

    /**
     * Runs the program.
     *
     * @param args the names of the classes, in the order in which they are needed
     * @throws ClassNotFoundException if one is not on the class path
     */
    public static void main(String[] args) throws ClassNotFoundException {
        long start = System.nanoTime();
        for (String name : args) {
            Class.forName(name);
        }
        System.out.println(System.nanoTime() - start);
    }
}
