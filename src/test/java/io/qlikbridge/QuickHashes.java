package io.qlikbridge;

import io.qlikbridge.signin.BoundedSecretChecks;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;

/** Hashes secrets of clients as the product does, with the least cost there is: tests make and show hundreds of them. */
class QuickHashes implements ApplicationContextInitializer<ConfigurableApplicationContext>, BeanPostProcessor {

    private static final int LEAST_COST = 4;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().addBeanPostProcessor(this);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof BoundedSecretChecks
                ? BoundedSecretChecks.over(new DelegatingPasswordEncoder(
                        "bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(LEAST_COST))))
                : bean;
    }
}
