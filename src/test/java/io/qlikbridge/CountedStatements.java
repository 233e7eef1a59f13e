package io.qlikbridge;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger transactions = new AtomicInteger();

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
                    if (isServing()) {
                        queries.forEach(query -> statements.add(query.getQuery()));
                    }
                })
                .afterMethod(execution -> {
                    if (isServing() && execution.getMethod().getName().equals("commit")) {
                        transactions.incrementAndGet();
                    }
                })
                .build();
    }

    private static boolean isServing() {
        return Thread.currentThread().getName().startsWith(SERVES_REQUESTS);
    }

    public void reset() {
        statements.clear();
        transactions.set(0);
    }

    public List<String> statements() {
        return List.copyOf(statements);
    }

    /** How many transactions were committed, besides statements that are one each. */
    public int transactions() {
        return transactions.get();
    }
}
