package io.qlikbridge;

import java.util.Map;

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

    private static final class Unfronted {

        private static final Product INSTANCE = Product.start(TestDatabase.fresh(), APPLICATION.settings());
    }
}
