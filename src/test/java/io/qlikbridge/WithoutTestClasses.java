package io.qlikbridge;

import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Keeps what stands in for something in one test, below the same packages, out of the whole product. */
class WithoutTestClasses extends TypeExcludeFilter
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("withoutTestClasses", this);
    }

    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory types) {
        return type.getResource() instanceof FileSystemResource file
                && file.getPath().contains("/test-classes/");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WithoutTestClasses;
    }

    @Override
    public int hashCode() {
        return WithoutTestClasses.class.hashCode();
    }
}
