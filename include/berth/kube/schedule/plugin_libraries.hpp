#pragma once

/// \file
/// The shared libraries whose plugins a scheduler's profiles may name.
///
/// ```cpp
/// auto const libraries = kube::plugin_libraries::load({"./libtidal.so"});
/// if (!libraries) return complain(libraries.error().message);
/// auto const said = kube::load_scheduler_file("scheduler.yaml", &*libraries);
/// ```
/// A profile enables them as it does the stock ones, at `filter`, `score` or `multiPoint`, with a weight
/// where they score; none is on by default. The `args` that `pluginConfig` has for one are given to it as
/// JSON. What they may read is in `plugins/of_libraries.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/kube/schedule/plugins/of_libraries.hpp>
#include <berth/schedule/plugin_library.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Libraries that are loaded, whose plugins have different names.
class plugin_libraries {
public:
    /// A plugin that there is.
    struct offer {
        std::string name;
        bool filters = false;
        bool scores = false;
        std::size_t library = 0;
    };

    plugin_libraries() = default;
    /// Loads files. Errors: those of `plugin_library::open`; `invalid`, a plugin has a name that another one,
    /// or one of kube-scheduler's, has.
    [[nodiscard]] static auto load(std::vector<std::string> const& files) -> result<plugin_libraries>;
    /// Adds a library; `what` stands before complaints. Errors: as above, and then nothing is added.
    [[nodiscard]] auto add(schedule::plugin_library library, std::string what) -> result<void>;

    /// All plugins, in the order of the libraries.
    [[nodiscard]] auto plugins() const -> std::span<offer const> { return offers_; }
    /// Opens a plugin for a profile. Errors: those of `plugin_library::filter` and `score`.
    [[nodiscard]] auto open(std::string_view name, bool filters, bool scores,
                            std::string const& arguments) const -> result<plugins::library_plugin>;

private:
    std::vector<schedule::plugin_library> libraries_;
    std::vector<std::string> files_;
    std::vector<offer> offers_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugin_libraries.ipp>
#endif
