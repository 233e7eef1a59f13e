package io.qlikbridge.sitesimulator;

/**
 * Whom a site takes a caller for. Directories and ids are compared as they are: how a site treats their case is not published.
 *
 * @param directory such as {@code LAB}
 * @param id within the directory, such as {@code ada}
 */
public record SiteUser(String directory, String id) {

    public SiteUser {
        if (directory.isBlank() || id.isBlank() || directory.contains("\\") || id.contains("\\")) {
            throw new IllegalArgumentException("No user of a site: " + directory + "\\" + id);
        }
    }

    /** @param name such as {@code LAB\ada} */
    public static SiteUser of(String name) {
        int between = name.indexOf('\\');
        return new SiteUser(name.substring(0, Math.max(0, between)), name.substring(between + 1));
    }

    /** An account of the site's own services, which may see everything. */
    boolean isService() {
        return directory.equals("INTERNAL") && id.startsWith("sa_");
    }

    /** Such as {@code LAB\ada}. */
    @Override
    public String toString() {
        return directory + "\\" + id;
    }
}
