package io.qlikbridge.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageQueryTests {

    @Test
    void pageWhenThereIsMoreEndsWithACursorForTheRest() {
        PageQuery query = new PageQuery(2, null);

        Page<String> page = query.page(List.of("a", "ä|%", "c"), Function.identity());

        assertThat(page.items()).containsExactly("a", "ä|%");
        assertThat(new PageQuery(2, page.next()).key()).isEqualTo("ä|%");
    }

    @Test
    void pageWhenAllFitsIsTheLast() {
        assertThat(new PageQuery(2, null)
                        .page(List.of("a", "b"), Function.identity())
                        .next())
                .isNull();
    }

    @Test
    void sizeWhenNotSaidIsFifty() {
        assertThat(new PageQuery(null, null).size()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 201, Integer.MIN_VALUE})
    void sizeWhenOutOfRangeIsInvalid(int limit) {
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> new PageQuery(limit, null).size())
                .extracting(BridgeException::code)
                .isEqualTo(ProblemCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"***", "AA", "a"})
    void keyWhenNotOursIsInvalid(String after) {
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> new PageQuery(null, after).key())
                .satisfies(failure ->
                        assertThat(failure.violations().getFirst().pointer()).isEqualTo("after"));
    }
}
