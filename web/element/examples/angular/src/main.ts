import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { SmartcaCreated } from 'smartca-certificates';
import 'smartca-certificates';

@Component({
  selector: 'portal-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button (click)="open.set(true)">New certificate</button>
    <smartca-create-certificate [open]="open()" [userId]="14" api="/api/v1/" locale="en"
      (smartca-created)="attached($event)" (smartca-closed)="open.set(false)"></smartca-create-certificate>
    <p>{{ added() }} added</p>`,
})
class Portal {
  readonly open = signal(false);
  readonly added = signal(0);
  attached({ detail }: CustomEvent<SmartcaCreated>) {
    this.added.set(detail.added.length);
  }
}

bootstrapApplication(Portal, { providers: [provideZonelessChangeDetection()] });
