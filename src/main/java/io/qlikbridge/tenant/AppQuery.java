package io.qlikbridge.tenant;

import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.Violations;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which apps a caller asks for.
 *
 * @param name part of the name, in any case
 * @param space a space's id, or {@code personal}
 * @param subType the sub-type of the apps; {@link #ANY_SUB_TYPE} for all apps, {@code null} for those without one
 * @param sort {@code name}, {@code createdAt}, {@code updatedAt} or {@code recentlyUsed}, with {@code -} in front for
 *     descending
 * @param limit 1 to 100 apps, 100 unless said
 * @param after {@code next} of the page before
 */
public record AppQuery(
        @Nullable String name,
        @Nullable String space,
        @Nullable String subType,
        @Nullable String sort,
        @Nullable Integer limit,
        @Nullable String after) {

    /** Asks for ordinary apps and those of every sub-type. */
    public static final String ANY_SUB_TYPE = "*";

    private static final int MOST = 100;
    private static final Pattern SUB_TYPE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Set<String> SORTS = Set.of("name", "createdAt", "updatedAt", "recentlyUsed");

    /** The query itself, or {@code invalid-request} with all that is wrong with it. */
    public AppQuery checked() {
        Violations violations = new Violations();
        violations.require(limit == null || (limit >= 1 && limit <= MOST), "limit", "is 1 to " + MOST);
        violations.require(
                sort == null || SORTS.contains(sort.startsWith("-") ? sort.substring(1) : sort),
                "sort",
                "is name, createdAt, updatedAt or recentlyUsed, with - in front for descending");
        violations.require(plain(name, 255), "name", "is 1 to 255 characters without control characters");
        violations.require(plain(space, 64), "space", "is a space's id or personal");
        violations.require(
                subType == null
                        || subType.equals(ANY_SUB_TYPE)
                        || SUB_TYPE.matcher(subType).matches(),
                "subType",
                "is * or one sub-type: 1 to 64 letters, digits, dots, hyphens and underscores");
        violations.require(plain(after, 2048), "after", "is \"next\" of the page before");
        violations.throwIfAny();
        return this;
    }

    /** What is left of it behind a cursor of the same list. */
    public AppQuery from(String cursor, int most) {
        return new AppQuery(name, space, subType, sort, most, cursor);
    }

    public int size() {
        return limit == null ? MOST : limit;
    }

    private static boolean plain(@Nullable String text, int most) {
        return text == null || (!text.isEmpty() && text.length() <= most && PlainText.isPlain(text));
    }
}
