package io.qlikbridge;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** By which door callers come in: through the front, or to Tomcat itself as with {@code bridge.front.enabled=false}. */
public enum Door {
    FRONT {
        @Override
        public Product product() {
            return Product.shared();
        }
    },
    APPLICATION {
        @Override
        public Product product() {
            return Unfronted.INSTANCE;
        }
    };

    /** One for all tests of a door that need no settings of their own. */
    public abstract Product product();

    /** The setting that opens it. */
    public Map<String, Object> settings() {
        return Map.of("bridge.front.enabled", this == FRONT);
    }

    /** Bridges with settings of a test class's own, one for each door that is asked for. */
    public static final class Bridges implements AutoCloseable {

        private final Function<Door, Map<String, Object>> settings;
        private final Map<Door, Product> started = new EnumMap<>(Door.class);

        public Bridges(Map<String, Object> settings) {
            this(door -> settings);
        }

        public Bridges(Function<Door, Map<String, Object>> settings) {
            this.settings = settings;
        }

        public synchronized Product at(Door door) {
            return started.computeIfAbsent(door, asked -> {
                Map<String, Object> all = new HashMap<>(settings.apply(asked));
                all.putAll(asked.settings());
                return Product.start(TestDatabase.fresh(), all);
            });
        }

        @Override
        public synchronized void close() {
            started.values().forEach(Product::close);
        }
    }

    private static final class Unfronted {

        private static final Product INSTANCE = Product.start(TestDatabase.fresh(), APPLICATION.settings());
    }
}
