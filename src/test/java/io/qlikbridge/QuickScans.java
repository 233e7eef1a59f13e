package io.qlikbridge;

import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Has all bridges of a run share what was read of class files. Each looks through a thousand of them for its beans, and they stay
 * as they are for as long as the tests run.
 */
class QuickScans implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Under which Spring Boot takes one that is there already, instead of one for each context. */
    private static final String NAME = "org.springframework.boot.autoconfigure.internalCachingMetadataReaderFactory";

    private static final MetadataReaderFactory SHARED = new Shared();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        BeanDefinitionRegistry beans = (BeanDefinitionRegistry) context.getBeanFactory();
        beans.registerBeanDefinition(
                NAME,
                BeanDefinitionBuilder.rootBeanDefinition(MetadataReaderFactory.class, () -> SHARED)
                        .getBeanDefinition());
    }

    /** Keeps all, where it is given a loader that can. */
    private static final class Shared extends CachingMetadataReaderFactory {

        private Shared() {
            super(new DefaultResourceLoader());
        }

        /** Each context asks for it when it has found its beans; there would be room for a few only from then on. */
        @Override
        public void clearCache() {}
    }
}
