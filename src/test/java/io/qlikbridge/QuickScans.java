package io.qlikbridge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Has all bridges of a run share what was read of class files. Each looks through a thousand of them for its beans, and they stay
 * as they are for as long as the tests run.
 */
class QuickScans implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Under which Spring Boot takes one that is there already, instead of one for each context. */
    private static final String NAME = "org.springframework.boot.autoconfigure.internalCachingMetadataReaderFactory";

    private static final MetadataReaderFactory SHARED = new Shared();

    /** Of those who look for components, which go by the cache of their context alone. */
    private static final Map<Resource, MetadataReader> READ = new ConcurrentHashMap<>();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Map<Resource, MetadataReader> cache = ((DefaultResourceLoader) context).getResourceCache(MetadataReader.class);
        cache.putAll(READ);
        context.addBeanFactoryPostProcessor(scanned -> READ.putAll(cache));
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
