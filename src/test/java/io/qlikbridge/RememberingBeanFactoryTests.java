package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.ResolvableType;

class RememberingBeanFactoryTests {

    private static final ResolvableType TEXTS = ResolvableType.forClassWithGenerics(Supplier.class, String.class);
    private static final ResolvableType NUMBERS = ResolvableType.forClassWithGenerics(Supplier.class, Integer.class);

    private final Counting beans = new Counting();

    @BeforeEach
    void define() {
        beans.registerBeanDefinition("one", new RootBeanDefinition(One.class));
        beans.freezeConfiguration();
        assertThat(beans.getBeanNamesForType(TEXTS)).containsExactly("one");
    }

    @Test
    void genericTypeIsLookedUpOnce() {
        int before = beans.looks;
        assertThat(beans.getBeanNamesForType(ResolvableType.forClassWithGenerics(Supplier.class, String.class)))
                .containsExactly("one");
        assertThat(beans.looks).isEqualTo(before);
    }

    @Test
    void typesThatDifferInArgumentsAreDifferent() {
        assertThat(beans.getBeanNamesForType(NUMBERS)).isEmpty();
        beans.registerBeanDefinition("number", new RootBeanDefinition(Number.class));
        assertThat(beans.getBeanNamesForType(NUMBERS)).containsExactly("number");
        assertThat(beans.getBeanNamesForType(TEXTS)).containsExactly("one");
    }

    @Test
    void answerIsTheAskersOwn() {
        beans.getBeanNamesForType(TEXTS)[0] = "changed";
        assertThat(beans.getBeanNamesForType(TEXTS)).containsExactly("one");
    }

    @Test
    void beansWhenOnesComeOrGoAreFound() {
        beans.registerSingleton("two", new One());
        assertThat(beans.getBeanNamesForType(TEXTS)).containsExactly("one", "two");

        beans.registerBeanDefinition("three", new RootBeanDefinition(One.class));
        assertThat(beans.getBeanNamesForType(TEXTS)).containsExactly("one", "three", "two");

        beans.removeBeanDefinition("one");
        assertThat(beans.getBeanNamesForType(TEXTS)).containsExactly("three", "two");

        beans.destroySingleton("two");
        assertThat(beans.getBeanNamesForType(TEXTS)).containsExactly("three");

        beans.registerBeanDefinition("three", new RootBeanDefinition(Number.class));
        assertThat(beans.getBeanNamesForType(TEXTS)).isEmpty();
    }

    @Test
    void beanThatTurnsOutToBeMoreThanItsDefinitionSaysIsFound() {
        ResolvableType functions = ResolvableType.forClassWithGenerics(Function.class, String.class, String.class);
        RootBeanDefinition vague = new RootBeanDefinition(Object.class, Both::new);
        beans.registerBeanDefinition("vague", vague);
        assertThat(beans.getBeanNamesForType(functions)).isEmpty();
        beans.getBean("vague");
        assertThat(beans.getBeanNamesForType(functions)).containsExactly("vague");
    }

    /** Whatever is made, replaced, registered or destroyed. */
    @Test
    void answersAreThoseOfSpring() {
        List<Consumer<DefaultListableBeanFactory>> steps = List.of(
                factory -> define(factory, "vague", new RootBeanDefinition(Object.class, Both::new)),
                factory -> factory.getBean("vague"),
                factory -> factory.destroySingleton("vague"),
                factory -> factory.registerSingleton("another", new Both()),
                factory -> factory.registerAlias("another", "alias"),
                factory -> define(factory, "nothing", new RootBeanDefinition(One.class, () -> null)),
                factory -> factory.getBean("nothing"),
                factory -> factory.registerSingleton("made", new Made()),
                factory -> factory.getBean("made"),
                factory -> define(factory, "array", new RootBeanDefinition(Object.class, () -> new Number[1])),
                factory -> factory.getBean("array"),
                factory -> define(factory, "vague", new RootBeanDefinition(Number.class)),
                factory -> factory.getBean("vague"),
                factory -> factory.removeBeanDefinition("vague"),
                DefaultListableBeanFactory::destroySingletons);
        DefaultListableBeanFactory springs = new DefaultListableBeanFactory();
        define(springs, "one", new RootBeanDefinition(One.class));
        springs.freezeConfiguration();

        for (int step = 0; step < steps.size(); step++) {
            steps.get(step).accept(springs);
            steps.get(step).accept(beans);

            assertThat(found(beans)).as("after step %d", step).isEqualTo(found(springs));
        }
    }

    private static void define(DefaultListableBeanFactory factory, String name, RootBeanDefinition definition) {
        factory.registerBeanDefinition(name, definition);
    }

    private static List<List<String>> found(DefaultListableBeanFactory factory) {
        Stream<String[]> generic = Stream.of(
                        TEXTS,
                        NUMBERS,
                        ResolvableType.forArrayComponent(TEXTS),
                        ResolvableType.forArrayComponent(NUMBERS))
                .map(factory::getBeanNamesForType);
        Stream<String[]> plain = Stream.of(
                        Object.class,
                        One.class,
                        Both.class,
                        Number.class,
                        Supplier.class,
                        Integer.class,
                        int.class,
                        Made.class,
                        FactoryBean.class,
                        Number[].class,
                        Supplier[].class,
                        Object[].class)
                .map(factory::getBeanNamesForType);
        return Stream.concat(generic, plain).map(List::of).toList();
    }

    @Test
    void prototypesAreLeftOutWhereSingletonsAreAskedFor() {
        RootBeanDefinition prototype = new RootBeanDefinition(One.class);
        prototype.setScope(RootBeanDefinition.SCOPE_PROTOTYPE);
        beans.registerBeanDefinition("prototype", prototype);
        assertThat(beans.getBeanNamesForType(TEXTS, true, true)).containsExactly("one", "prototype");
        assertThat(beans.getBeanNamesForType(TEXTS, false, true)).containsExactly("one");
    }

    @Test
    void contextOfTheBridgeHasOne() {
        try (var context = ApplicationContextFactory.DEFAULT.create(WebApplicationType.SERVLET)) {
            assertThat(context.getBeanFactory()).isInstanceOf(RememberingBeanFactory.class);
        }
        try (var context = ApplicationContextFactory.DEFAULT.create(WebApplicationType.NONE)) {
            assertThat(context.getBeanFactory()).isNotInstanceOf(RememberingBeanFactory.class);
        }
    }

    private static class One implements Supplier<String> {

        @Override
        public String get() {
            return "";
        }
    }

    private static class Number implements Supplier<Integer> {

        @Override
        public Integer get() {
            return 1;
        }
    }

    private static class Both extends One implements Function<String, String> {

        @Override
        public String apply(String text) {
            return text;
        }
    }

    private static class Made implements FactoryBean<Integer> {

        @Override
        public Integer getObject() {
            return 1;
        }

        @Override
        public Class<?> getObjectType() {
            return Integer.class;
        }
    }

    private static class Counting extends RememberingBeanFactory {

        private int looks;

        @Override
        protected boolean isTypeMatch(String name, ResolvableType typeToMatch, boolean allowFactoryBeanInit) {
            looks++;
            return super.isTypeMatch(name, typeToMatch, allowFactoryBeanInit);
        }
    }
}
