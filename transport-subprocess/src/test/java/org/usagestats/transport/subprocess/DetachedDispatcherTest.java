package org.usagestats.transport.subprocess;

import org.usagestats.spi.DispatcherProvider;
import org.usagestats.testkit.DispatcherContract;

class DetachedDispatcherTest extends DispatcherContract {

    @Override
    protected DispatcherProvider provider() {
        return new DetachedDispatcherProvider();
    }
}
