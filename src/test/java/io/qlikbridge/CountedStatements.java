package io.qlikbridge;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps the SQL statements that are executed while requests are served, and by the threads that serve them. */
public final class CountedStatements implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Begins the names of the threads that serve requests. */
    private static final String SERVES_REQUESTS = "tomcat-handler";

    private final List<String> statements = new CopyOnWriteArrayList<>();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource database ? counting(database) : bean;
            }
        });
    }

    private DataSource counting(DataSource database) {
        return ProxyDataSourceBuilder.create(database)
                .afterQuery((execution, queries) -> {
                    if (Thread.currentThread().getName().startsWith(SERVES_REQUESTS)) {
                        queries.forEach(query -> statements.add(query.getQuery()));
                    }
                })
                .build();
    }

    public void reset() {
        statements.clear();
    }

    public List<String> statements() {
        return List.copyOf(statements);
    }
}
