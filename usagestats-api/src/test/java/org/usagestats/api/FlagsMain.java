package org.usagestats.api;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.time.Duration;

/** Says what all flags add in this JVM; given the word {@code look-up}, it asks a name service too. */
final class FlagsMain {

    private FlagsMain() {}

    public static void main(String[] arguments) throws Exception {
        for (Field constant : Flags.class.getFields()) {
            Flag flag = (Flag) constant.get(null);
            for (Note note : flag.notes(() -> Duration.ZERO)) {
                System.out.println(note.key() + ":" + note.value());
            }
        }
        if (arguments.length == 1 && arguments[0].equals("look-up")) {
            System.out.println(InetAddress.getLocalHost());
        }
    }
}
