package io.qlikbridge;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Has all bridges of a run share which class files there are and what was read of them. Each looks through thousands of them for
 * its beans five times, and they stay as they are for as long as the tests run.
 */
class QuickScans implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Under which Spring Boot takes one that is there already, instead of one for each context. */
    private static final String NAME = "org.springframework.boot.autoconfigure.internalCachingMetadataReaderFactory";

    private static final MetadataReaderFactory SHARED = new Shared();

    /** Of those who look for components, which go by the cache of their context alone. */
    private static final Map<Resource, MetadataReader> READ = new ConcurrentHashMap<>();

    private static final ResourceLoader FILES = new Files();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).setResourceLoader(FILES);
        Map<Resource, MetadataReader> cache = ((DefaultResourceLoader) context).getResourceCache(MetadataReader.class);
        cache.putAll(READ);
        context.addBeanFactoryPostProcessor(scanned -> READ.putAll(cache));
        BeanDefinitionRegistry beans = (BeanDefinitionRegistry) context.getBeanFactory();
        beans.registerBeanDefinition(
                NAME,
                BeanDefinitionBuilder.rootBeanDefinition(MetadataReaderFactory.class, () -> SHARED)
                        .getBeanDefinition());
    }

    /** Looks once for the class files below a package. */
    private static final class Files extends PathMatchingResourcePatternResolver {

        private final Map<String, Resource[]> found = new ConcurrentHashMap<>();

        @Override
        public Resource[] getResources(String pattern) throws IOException {
            if (!pattern.endsWith(".class")) {
                return super.getResources(pattern);
            }
            Resource[] known = found.get(pattern);
            if (known == null) {
                known = super.getResources(pattern);
                found.put(pattern, known);
            }
            return known.clone();
        }
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
