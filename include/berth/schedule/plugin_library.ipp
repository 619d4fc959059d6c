#pragma once

/// \file
/// The bodies of `berth/schedule/plugin_library.hpp`.

#include <berth/schedule/plugin_library.hpp>

#include <dlfcn.h>
#if defined(__GLIBC__) && defined(_GNU_SOURCE)
#include <link.h>
#endif

#include <cstring>

namespace berth::schedule::detail {

BERTH_DECL auto no_such_field(std::string_view plugin, std::string_view what, berth_field const& wanted,
                              std::vector<std::string> const& known) -> std::string {
    auto out = "plugin " + std::string(plugin) + " reads " + wanted.name +
               (wanted.type == BERTH_DOUBLE ? " (double)" : "") + " of a " + std::string(what) +
               "; there are";
    for (auto const& name : known) out += (&name == known.data() ? " " : ", ") + name;
    return out + (known.empty() ? " no fields" : "");
}

/// What is wrong with a table of plugins.
class plugin_check {
public:
    explicit plugin_check(std::string_view what) : what_(what) {}

    [[nodiscard]] auto refuse(std::string const& why) const -> std::unexpected<error> {
        return fail(error_code::invalid, what_ + ": " + why);
    }
    [[nodiscard]] auto library(berth_plugins const* table) const -> result<void> {
        auto const ours = std::to_string(BERTH_PLUGIN_ABI_VERSION);
        if (table == nullptr) return refuse("has no plugins for version " + ours + " of the interface");
        if (table->size < sizeof(berth_plugins)) return refuse("its table of plugins is cut short");
        if (table->version != BERTH_PLUGIN_ABI_VERSION)
            return refuse("speaks version " + std::to_string(table->version) +
                          " of the interface, this program version " + ours);
        if (table->count > 0 && table->plugins == nullptr) return refuse("its table of plugins is empty");
        return {};
    }
    [[nodiscard]] auto plugin(berth_plugin const* p, std::uint64_t at) const -> result<void> {
        auto const nth = "plugin " + std::to_string(at);
        if (p == nullptr || p->size < sizeof(berth_plugin))
            return refuse(nth + ": its description is cut short");
        if (p->name == nullptr || *p->name == 0) return refuse(nth + " has no name");
        auto const named = "plugin " + std::string(p->name);
        if (p->filter == nullptr && p->score == nullptr) return refuse(named + " is no filter and no score");
        if (p->reason_count > 255) return refuse(named + " has more than 255 reasons");
        constexpr std::uint64_t most = 1'024; // each is a column of numbers for all nodes
        if (p->node_field_count > most || p->task_field_count > most)
            return refuse(named + " has more than " + std::to_string(most) + " fields");
        if (auto ok = array(named, "fields", "berth_field", p->node_fields, p->node_field_count,
                            p->field_size, sizeof(berth_field));
            !ok)
            return ok;
        if (auto ok = array(named, "fields", "berth_field", p->task_fields, p->task_field_count,
                            p->field_size, sizeof(berth_field));
            !ok)
            return ok;
        return array(named, "reasons", "berth_reason", p->reasons, p->reason_count, p->reason_size,
                     sizeof(berth_reason));
    }
    [[nodiscard]] auto parts(open_plugin const& p, std::vector<berth_reason> const& reasons) const
        -> result<void> {
        for (auto const* const all : {&p.node_fields, &p.task_fields}) {
            for (auto const& f : *all) {
                if (f.name == nullptr || *f.name == 0)
                    return refuse("plugin " + p.name + " has a field without a name");
                if (f.type != BERTH_INT64 && f.type != BERTH_DOUBLE)
                    return refuse("plugin " + p.name + ": field " + f.name + " is of the unknown type " +
                                  std::to_string(f.type));
            }
        }
        for (auto const& r : reasons) {
            if (r.text == nullptr || *r.text == 0)
                return refuse("plugin " + p.name + " has a reason without words");
            if (r.grade != BERTH_REJECTED && r.grade != BERTH_RULED_OUT)
                return refuse("plugin " + p.name + ": reason \"" + r.text + "\" is of the unknown grade " +
                              std::to_string(r.grade));
        }
        return {};
    }

private:
    /// Whether an array can be one of structs, which may be larger than we know them.
    [[nodiscard]] auto array(std::string const& of, std::string const& what, std::string const& type,
                             void const* data, std::uint64_t count, std::uint64_t size,
                             std::size_t known) const -> result<void> {
        constexpr std::uint64_t most = 4'096;
        if (count == 0) return {};
        if (data == nullptr || size < known) return refuse(of + ": its " + what + " are cut short");
        if (size > most || size % alignof(void*) != 0)
            return refuse(of + ": its " + what + " are said to take " + std::to_string(size) +
                          " bytes each, where sizeof(struct " + type + ") was expected");
        return {};
    }

    std::string what_;
};

/// Whether a symbol is a function, as far as the loader can tell.
inline auto is_function([[maybe_unused]] void* symbol) -> bool {
#if defined(__GLIBC__) && defined(_GNU_SOURCE)
    auto about = Dl_info{};
    void* entry = nullptr;
    if (dladdr1(symbol, &about, &entry, RTLD_DL_SYMENT) == 0 || entry == nullptr) return true;
    auto const type = static_cast<ElfW(Sym) const*>(entry)->st_info & 0xFU;
    return about.dli_saddr != symbol || type == STT_FUNC || type == STT_NOTYPE || type == STT_GNU_IFUNC;
#else
    return true;
#endif
}

/// An array whose elements may be larger than we know.
template <class T> auto known_part(T const* data, std::uint64_t count, std::uint64_t size) -> std::vector<T> {
    auto out = std::vector<T>(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < out.size(); ++i)
        std::memcpy(&out[i], reinterpret_cast<char const*>(data) + i * static_cast<std::size_t>(size),
                    sizeof(T));
    return out;
}

} // namespace berth::schedule::detail

namespace berth::schedule {

BERTH_DECL auto plugin_library::open(std::string const& file) -> result<plugin_library> {
    auto* const handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) {
        auto const* const said = dlerror(); // NOLINT(concurrency-mt-unsafe): it is of this thread
        auto why = std::string_view(said != nullptr ? said : "no reason given");
        if (why.starts_with(file + ": ")) why.remove_prefix(file.size() + 2);
        return fail(error_code::not_found, file + ": cannot be loaded: " + std::string(why));
    }
    auto* const symbol = dlsym(handle, BERTH_PLUGINS_SYMBOL);
    if (symbol == nullptr)
        return fail(error_code::invalid,
                    file + ": is no library of plugins: it does not export " BERTH_PLUGINS_SYMBOL);
    if (!detail::is_function(symbol))
        return fail(error_code::invalid,
                    file + ": is no library of plugins: its " BERTH_PLUGINS_SYMBOL " is no function");
    auto const ask = reinterpret_cast<berth_schedule_plugins_function>(symbol);
    return of(ask(BERTH_PLUGIN_ABI_VERSION), file);
}

BERTH_DECL auto plugin_library::of(berth_plugins const* table, std::string_view what)
    -> result<plugin_library> {
    auto const check = detail::plugin_check(what);
    if (auto ok = check.library(table); !ok) return std::unexpected(std::move(ok).error());
    auto out = plugin_library(std::string(what));
    for (std::uint64_t i = 0; i < table->count; ++i) {
        auto const* const p = table->plugins[i];
        if (auto ok = check.plugin(p, i); !ok) return std::unexpected(std::move(ok).error());
        for (auto const& other : out.plugins_)
            if (std::string_view(other.name) == p->name)
                return check.refuse("has two plugins called " + std::string(p->name));
        out.plugins_.push_back(*p);
    }
    return out;
}

BERTH_DECL auto plugin_library::names() const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& p : plugins_) out.emplace_back(p.name);
    return out;
}

BERTH_DECL auto plugin_library::filters(std::string_view name) const -> bool {
    for (auto const& p : plugins_)
        if (name == p.name) return p.filter != nullptr;
    return false;
}
BERTH_DECL auto plugin_library::scores(std::string_view name) const -> bool {
    for (auto const& p : plugins_)
        if (name == p.name) return p.score != nullptr;
    return false;
}

BERTH_DECL auto plugin_library::open_plugin_called(std::string_view name, std::string const& arguments,
                                                   bool filters) const
    -> result<std::shared_ptr<detail::open_plugin const>> {
    berth_plugin const* found = nullptr;
    auto known = std::string();
    for (auto const& p : plugins_) {
        if (name == p.name) found = &p;
        known += (known.empty() ? " " : ", ") + std::string(p.name);
    }
    if (found == nullptr)
        return fail(error_code::not_found, what_ + ": has no plugin " + std::string(name) + "; there are" +
                                               (known.empty() ? " none" : known));
    auto const check = detail::plugin_check(what_);
    if ((filters ? found->filter == nullptr : found->score == nullptr))
        return check.refuse("plugin " + std::string(name) +
                            (filters ? " is a score and no filter" : " is a filter and no score"));
    auto out = std::make_shared<detail::open_plugin>();
    out->table = *found;
    out->name = found->name;
    out->node_fields = detail::known_part(found->node_fields, found->node_field_count, found->field_size);
    out->task_fields = detail::known_part(found->task_fields, found->task_field_count, found->field_size);
    auto const reasons = detail::known_part(found->reasons, found->reason_count, found->reason_size);
    if (auto ok = check.parts(*out, reasons); !ok) return std::unexpected(std::move(ok).error());
    for (auto const& r : reasons) {
        auto const text = literal_reason::lasting(r.text);
        out->refusals.push_back(r.grade == BERTH_RULED_OUT ? rule_out(text) : reject(text));
    }
    if (found->open == nullptr) return out;
    auto words = std::array<char, 512>{};
    auto const status = found->open(arguments.c_str(), &out->self, words.data(), words.size());
    if (status != BERTH_OK) {
        words.back() = 0;
        return check.refuse("plugin " + out->name + " refuses its arguments: " +
                            (words.front() != 0 ? words.data() : "status " + std::to_string(status)));
    }
    out->opened = true;
    return out;
}

} // namespace berth::schedule
