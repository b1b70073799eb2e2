import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ProfileDirectory;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Judge files by profiles: one line for each failed check, and one that says how many checks were made. */
public final class Judge {
    private static final int SHOWN = 40;

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : arguments[0].split(",")) {
            ValidationProfile profile = profile(name);
            for (int at = 1; at < arguments.length; at++) {
                judge(name, profile, arguments[at]);
            }
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        try (InputStream source = ProfileDirectory.class.getResourceAsStream(
                "/org/verapdf/pdfa/validation/" + name + ".xml")) {
            return Profiles.profileFromXml(source);
        }
    }

    private static void judge(String name, ValidationProfile profile, String path) throws Exception {
        try (InputStream file = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, profile.getPDFAFlavour());
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, SHOWN, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion failed : result.getTestAssertions()) {
                System.out.println(String.join("\t", "failed", name, path,
                        failed.getRuleId().getClause() + "-" + failed.getRuleId().getTestNumber(),
                        failed.getMessage().replaceAll("\\s+", " "), String.valueOf(failed.getLocation().getContext())));
            }
            System.out.println(String.join("\t", "judged", name, path,
                    result.isCompliant() ? "compliant" : "not compliant", String.valueOf(result.getTotalAssertions())));
        }
    }
}
