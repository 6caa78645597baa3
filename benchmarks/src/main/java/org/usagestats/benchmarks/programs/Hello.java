package org.usagestats.benchmarks.programs;

/** Does nothing: what all others are compared with. */
final class Hello {

    private Hello() {}

    /**
     * Runs the program.
     *
     * @param args how many milliseconds its work takes
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        Thread.sleep(Long.parseLong(args[0]));
        System.out.println(0L);
    }
}
