package io.qlikbridge;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Order;

/**
 * The order of test classes: those with an {@link Order} first, which take longest, and all others in one that looks like chance and is the
 * same everywhere. Classes of one package often wait for the same things; one after the other, they would leave the processors idle.
 */
public class Spread implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparingInt(Spread::wanted).thenComparingLong(Spread::mixed));
    }

    private static int wanted(ClassDescriptor test) {
        return test.findAnnotation(Order.class).map(Order::value).orElse(Order.DEFAULT);
    }

    private static long mixed(ClassDescriptor test) {
        CRC32 mixed = new CRC32();
        mixed.update(test.getTestClass().getName().getBytes(StandardCharsets.UTF_8));
        return mixed.getValue();
    }
}
