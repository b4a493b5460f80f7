package io.jenkins.plugins.sslmanager.account;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Has grants follow jobs and folders when these move, and close when they are deleted. */
@Extension
public final class GrantsFollowItems extends ItemListener {

    /** Jenkins tells of what is in a moved folder, too, right after the folder itself. */
    private final Set<String> told = new HashSet<>();

    @Override
    public synchronized void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (told.remove(oldFullName + "\n" + newFullName)) {
            return;
        }
        List<String> within = item instanceof ItemGroup<?> group ? namesIn(group) : List.of();
        within.forEach(name -> told.add(oldFullName + name + "\n" + newFullName + name));
        SslManagerConfiguration.get()
                .itemMoved(
                        oldFullName,
                        newFullName,
                        within.stream().map(name -> oldFullName + name).toList());
    }

    /** Relative to the group, with the slash before them. */
    private static List<String> namesIn(ItemGroup<?> group) {
        int beginning = group.getFullName().length();
        return StreamSupport.stream(
                        Items.allItems2(ACL.SYSTEM2, group, Item.class).spliterator(), false)
                .map(each -> each.getFullName().substring(beginning))
                .toList();
    }

    @Override
    public void onDeleted(Item item) {
        SslManagerConfiguration.get().itemDeleted(item.getFullName());
    }
}
